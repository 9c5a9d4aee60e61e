/** How it is for a carer: our own code. */
export const carerWordsCode = 'carer-how'

export const isCarerWords = (code: string | undefined): boolean => code === carerWordsCode
