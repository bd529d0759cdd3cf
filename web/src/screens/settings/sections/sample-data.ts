import { FlaskConical } from 'lucide-react'
import { soon } from '../../../soon.ts'
import type { Section } from '../section.ts'

export const sampleData: Section = {
  path: 'sample-data',
  label: 'settings.sample',
  icon: FlaskConical,
  text: 'sample.text',
  group: 'workspace',
  words: 'settings.sampleWords',
  settings: [],
  needs: 'samples.manage',
  Screen: soon(async () => (await import('../sample-data.tsx')).SampleData),
}
