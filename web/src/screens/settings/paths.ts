export const settingsPaths = {
  /** A section by its path; a test looks that every one which is named is there. */
  settings: (section: string) => `/settings/${section}`,
} as const
