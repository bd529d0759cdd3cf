import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Files that wait for clocks of minutes, the longest first: begun last they would be waited for alone. */
const long = ['clocks', 'notifications', 'accessibility', 'layout']

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const place = long.findIndex((name) => moduleId.endsWith(`/${name}.e2e.ts`))
      return place < 0 ? long.length : place
    }
    return (await super.sort(files)).sort((one, other) => rank(one) - rank(other))
  }
}
