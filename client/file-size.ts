const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const

/** How large a file is, as people say it: 2.4 MB. A megabyte is 1,048,576 bytes, as in the limit that is told. */
export function fileSize(locale: string, bytes: number): string {
  let size = bytes
  let unit = 0
  while (size >= 999.5 && unit < units.length - 1) {
    size /= 1024
    unit++
  }
  const digits = unit > 0 && size < 9.95 ? 1 : 0
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: units[unit] ?? 'byte',
    unitDisplay: unit === 0 ? 'long' : 'short',
    maximumFractionDigits: digits,
  }).format(size)
}
