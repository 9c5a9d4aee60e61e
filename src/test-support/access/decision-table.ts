import { expect, test } from 'vitest'
import { type AccessQuestion, type Decision, decide } from '#domain/access/decide.ts'
import { demoActor } from './actors.ts'

const ordinary: Partial<AccessQuestion> = {
  act: 'read',
  kind: 'clinical',
  room: 'record',
  relation: 'none',
}

/** The decision for a demonstration identity who asks to read a clinical record, unless the facts say otherwise. */
export const askAs = (identity: string, facts: Partial<AccessQuestion>): Decision =>
  decide({ ...ordinary, actor: demoActor(identity), ...facts } as AccessQuestion)

type Row = readonly [
  who: string,
  what: string,
  facts: Partial<AccessQuestion>,
  why: Decision['why'],
  allowed: boolean,
]

/** One test for each row; all rows share the facts in `always`. */
export function decisionTable(rows: readonly Row[], always: Partial<AccessQuestion> = {}): void {
  test.each(rows)('%s %s', (identity, _what, facts, why, allowed) => {
    expect(askAs(identity, { ...always, ...facts })).toMatchObject({ allowed, why })
  })
}
