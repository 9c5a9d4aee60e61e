import {
  boolean,
  code,
  day,
  group,
  type In,
  id,
  integer,
  list,
  oneOf,
  optional,
  parameters,
  text,
  yes,
} from '#domain/fhir/parameters.ts'

export const voiceSexes = ['female', 'male'] as const

const written = { words: text, by: text, organisationName: text, on: day } as const

/** Whose words they are, said so only if at least five such people answered in that month. */
const who = group({
  sex: oneOf(voiceSexes, 'female'),
  /** the decade of the age: 70 for 70 to 79; 10 is under twenty, 90 is ninety and over */
  band: integer,
  /** `2026-06` */
  month: text,
})

const voice = group({
  /** says nothing about the record that holds the words */
  id,
  words: text,
  /** as they were written: they are not translated */
  language: optional(code),
  who: optional(who),
  changes: list(
    group({
      id,
      version: integer,
      ...written,
      mayChange: yes,
      earlier: list(group(written)),
    }),
  ),
})

/** The result of `$voices`. */
export const voicesParameters = parameters({ voices: list(voice), mayWrite: yes })

/** What `$note-voice-change` takes; version 0: the organisation has not written to these words yet. */
export const noteVoiceChangeRequest = parameters({ voice: id, version: integer, words: text })

/** The result of `Patient/[id]/$my-voices`: the person’s own words, and what was changed after them. */
export const myVoicesParameters = parameters({
  /** the person said no to planning: nothing is shown, whatever leave was given */
  isLeftOut: yes,
  voices: list(
    group({
      /** id of the answer */
      answer: id,
      words: text,
      on: day,
      mayShow: yes,
      changes: list(group(written)),
    }),
  ),
})

/** What `Patient/[id]/$voice-leave` takes. */
export const voiceLeaveRequest = parameters({ answer: id, leave: boolean })

export type ShownVoice = In<typeof voicesParameters>['voices'][number]
export type OwnVoices = In<typeof myVoicesParameters>
