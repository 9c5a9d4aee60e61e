/** Something about a questionnaire that its publisher must know. An error prevents publishing. */
export type PublishProblem = Readonly<{
  severity: 'error' | 'warning'
  /** absent for the whole questionnaire */
  linkId?: string
  words: string
}>

export const publishError = (words: string, linkId?: string): PublishProblem => ({
  ...{ severity: 'error', words },
  ...(linkId === undefined ? {} : { linkId }),
})
export const publishWarning = (words: string, linkId?: string): PublishProblem => ({
  ...publishError(words, linkId),
  severity: 'warning',
})

/** The fault in an expression, as its parser says it. */
export type FaultInPath = (text: string) => string | undefined
