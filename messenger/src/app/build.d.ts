/** Which build this is; put in by the build. */
declare const __BUILD__: string
