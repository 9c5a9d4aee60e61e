/** What stands in the meeting is no longer what was read: a decision under this id, a letter that has gone. */
export class MeetingMovedOn extends Error {
  override name = 'MeetingMovedOn'
}
