import { expect, test } from 'vitest'
import { type AccessQuestion, type Decision, decide } from '#domain/access/decide.ts'
import { demoActor } from './actors.ts'

const ordinary: Partial<AccessQuestion> = {
  act: 'read',
  kind: 'clinical',
  room: 'record',
  relation: 'none',
}

/** What a demonstration identity is answered who asks to read a clinical record, unless the facts say otherwise. */
export const askAs = (identity: string, facts: Partial<AccessQuestion>): Decision =>
  decide({ ...ordinary, actor: demoActor(identity), ...facts } as AccessQuestion)

type Row = readonly [
  who: string,
  what: string,
  facts: Partial<AccessQuestion>,
  why: Decision['why'],
  allowed: boolean,
]

/** A test for each row; `always` are the facts that all of them share. */
export function decisionTable(rows: readonly Row[], always: Partial<AccessQuestion> = {}): void {
  test.each(rows)('%s %s', (identity, _what, facts, why, allowed) => {
    expect(askAs(identity, { ...always, ...facts })).toMatchObject({ allowed, why })
  })
}
