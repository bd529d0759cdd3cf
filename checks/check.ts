/** Something that must hold of the repository. One file each; `run.ts` lists them. */
export type Check = {
  readonly name: string
  /** Why it must hold, in a sentence for whoever broke it. */
  readonly why: string
  /** It mostly waits for another program, and others can be run meanwhile. */
  readonly waits?: true
  /** Answers what is wrong, a line each. */
  run(): Promise<string[]>
  /** Makes what is generated anew. */
  fix?(): Promise<void>
  /** Something worth knowing that is no problem. Asked after `run`. */
  note?(): string
}
