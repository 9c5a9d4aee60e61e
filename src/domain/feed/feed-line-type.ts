/** What lines of activity and cost are called where types of records are counted. */
export const feedLineType = 'ActivityLine'
