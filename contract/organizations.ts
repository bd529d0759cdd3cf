import { z } from 'zod'
import { me } from './operators.ts'
import { route } from './route.ts'
import { email, line, locale, newPassword, nothing } from './scalars.ts'

export const readSetup = route({
  method: 'GET',
  path: '/api/v1/setup',
  caller: 'anyone',
  summary: 'Ask whether the installation still has to be set up',
  params: nothing,
  query: nothing,
  body: nothing,
  answer: z.strictObject({ needed: z.boolean() }),
  errors: [],
})

export const setUp = route({
  method: 'POST',
  path: '/api/v1/setup',
  caller: 'anyone',
  summary: 'Create the organization, its owner and the first widget, and log the owner in',
  params: nothing,
  query: nothing,
  body: z.strictObject({
    token: z.string().min(1).max(200),
    organizationName: line(80),
    ownerName: line(80),
    email,
    password: newPassword,
    locale,
    sampleData: z.boolean(),
  }),
  answer: me,
  errors: ['setup.done', 'setup.token', 'password.common'],
})

/** Sample data: a small shop with operators, contacts and conversations. */
export const sampleStatus = z.strictObject({
  state: z.enum(['absent', 'creating', 'present', 'removing']),
  /** Share of the work under way, 0 to 1. */
  progress: z.number().min(0).max(1),
})
export type SampleStatus = z.infer<typeof sampleStatus>

export const readSample = route({
  method: 'GET',
  path: '/api/v1/sample-data',
  caller: 'operator',
  summary: 'Ask whether sample data is present',
  params: nothing,
  query: nothing,
  body: nothing,
  answer: sampleStatus,
  errors: [],
})

export const createSample = route({
  method: 'PUT',
  path: '/api/v1/sample-data',
  caller: 'operator',
  summary: 'Create the sample data',
  params: nothing,
  query: nothing,
  body: nothing,
  answer: sampleStatus,
  errors: ['role.missing', 'sample.working'],
})

export const removeSample = route({
  method: 'DELETE',
  path: '/api/v1/sample-data',
  caller: 'operator',
  summary: 'Remove the sample data and nothing else',
  params: nothing,
  query: nothing,
  body: nothing,
  answer: sampleStatus,
  errors: ['role.missing', 'sample.working'],
})
