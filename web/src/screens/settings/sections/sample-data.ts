import { soon } from '../../../soon.ts'
import type { Section } from '../section.ts'

export const sampleData: Section = {
  path: 'sample-data',
  label: 'settings.sample',
  group: 'everybody',
  words: 'settings.sampleWords',
  needs: 'samples.manage',
  Screen: soon(async () => (await import('../sample-data.tsx')).SampleData),
}
