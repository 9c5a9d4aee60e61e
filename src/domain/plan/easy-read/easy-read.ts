import type { Who } from '#domain/plan/plan.ts'

/** Our own drawings, by what they show. */
export const easyPictures = [
  ...(['house', 'person', 'together', 'nurse', 'walk', 'frame', 'church', 'bed', 'night'] as const),
  ...([
    'food',
    'cup',
    'pills',
    'phone',
    'calendar',
    'talk',
    'help',
    'stop',
    'foot',
    'scales',
  ] as const),
  ...(['ambulance', 'car', 'clock'] as const),
] as const
export type EasyPictureName = (typeof easyPictures)[number]

/** One idea: a short line, and a picture of it if there is one. */
export type EasyLine = Readonly<{ words: string; picture?: EasyPictureName | undefined }>

/** What one thing that the plan says is called in easy words, written by somebody for exactly that text. */
export type EasyRead = Readonly<{
  id: string
  person: string
  /** the record that it retells, `Goal/1`, and which part of it: a level, or somebody in the team */
  source: string
  detail: string
  /** the version of that record, and its text then, set by the server */
  version: string
  retold: string
  lines: readonly EasyLine[]
  /** the person helped to make it */
  withPerson: boolean
  by: Who
  at: string
  /** when the server stored it; absent before that */
  kept?: string
}>
