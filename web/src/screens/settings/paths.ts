export const settingsPaths = {
  /** A section by its path; a test looks that every one which is named is there. */
  settings: (section: string) => `/settings/${section}`,
  /** One setting on the page of its section, by the key of its label. */
  setting: (section: string, label: string) => `/settings/${section}#${label}`,
} as const
