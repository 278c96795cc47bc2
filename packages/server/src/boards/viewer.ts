/** Who looks at boards, or changes them. */
export interface Viewer {
  /** Undefined: a program, or the command line. */
  readonly userId: string | undefined
  readonly isAdmin: boolean
  readonly mayEdit: boolean
  /** As it is written down: the id of a user, `key` and its prefix, or `local`. */
  readonly name: string
}
