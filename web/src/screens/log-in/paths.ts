export const logInPaths = {
  forgotPassword: () => '/forgotten-password',
  newPassword: (token: string) => `/new-password#${token}`,
} as const
