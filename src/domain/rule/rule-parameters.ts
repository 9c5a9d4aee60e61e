import type { PlanDefinition } from '@medplum/fhirtypes'
import { measure } from '#domain/case/measures.ts'
import {
  as,
  boolean,
  day,
  decimal,
  group,
  type In,
  instant,
  integer,
  list,
  must,
  optional,
  parameters,
  record,
  text,
  wordOf,
  yes,
} from '#domain/fhir/parameters.ts'
import type { ComparedBy, FairVerdict } from '#domain/population/compared.ts'
import type { RuleLineKind } from './rule-lines.ts'
import { ruleLineKinds } from './rule-lines.ts'
import type { RuleRunKind, RuleRunReason } from './rule-run.ts'
import type { RuleState } from './rule-version.ts'

const longestRuleName = 120
const longestRuleWords = 1_000

const isShort = (most: number) => (words: string) => words.length <= most
const words = must(text, isShort(longestRuleWords), `has ${longestRuleWords} characters at most`)
const isId = (value: string) => /^[A-Za-z0-9\-.]{1,64}$/.test(value)
const rule = must(text, isId, 'must be the id of a rule')
const whole = must(optional(integer), Number.isInteger, 'must be a whole number')

const line = group({
  kind: must(
    wordOf<RuleLineKind>(),
    (kind) => ruleLineKinds.includes(kind),
    `must be one of ${ruleLineKinds.join(', ')}`,
  ),
  but: boolean,
  count: whole,
  months: whole,
  among: list(text),
})

/** The input of operations on one rule. */
export const ruleRequest = parameters({ rule })

/** The input of `$save-rule`; the version that was read goes into `If-Match`. */
export const saveRuleRequest = parameters({
  rule,
  name: must(text, isShort(longestRuleName), `has ${longestRuleName} characters at most`),
  lines: as('line', list(line)),
})

const groups = ['sample', 'added', 'dropped', 'kept', 'found', 'not-judged', 'missed'] as const
export type RulePeopleGroup = (typeof groups)[number]

/** The input of `$rule-people`; `line`: for those who miss by this line alone, from nought. */
export const rulePeopleRequest = parameters({
  rule,
  group: must(
    wordOf<RulePeopleGroup>(),
    (one) => groups.includes(one),
    `must be one of ${groups.join(', ')}`,
  ),
  line: whole,
  offset: must(optional(integer), (value) => value >= 0, 'must be nought or more'),
})

/** The input of `$judge-rule-person`. */
export const judgeRequest = parameters({ rule, person: text, right: boolean, words })

/** The input of `$ask-rule`: whom (id of a Practitioner; absent: anybody who may), and from which day. */
export const askRuleRequest = parameters({ rule, of: optional(text), from: day })

/** The input of `$answer-rule`: yes, or no with its reason. */
export const answerRuleRequest = parameters({ rule, agree: boolean, words })

/** The input of `$end-rule` and `$run-rule`. */
export const ruleReasonRequest = parameters({ rule, words })

const hand = group({ agent: text, name: text })
const act = { by: hand, at: instant }
const poor = group({ poor: measure, known: measure })

const figures = group({
  total: measure,
  lines: as(
    'line',
    list(
      group({
        left: measure,
        unknown: optional(measure),
        notJudged: measure,
        missed: measure,
        caught: measure,
      }),
    ),
  ),
  ...{ found: measure, added: measure, dropped: measure, kept: measure, notJudged: measure },
  free: optional(integer),
  above: optional(measure),
  ...{ poor, poorBefore: poor, poorAmong: poor },
  /** those found against all whom the first line finds, by group; empty in earlier trials */
  compared: list(
    group({
      ...{ by: wordOf<ComparedBy>(), of: text, selected: measure, eligible: measure },
      ...{ share: optional(decimal), low: optional(decimal), high: optional(decimal) },
      ...{ among: optional(decimal), verdict: wordOf<FairVerdict>() },
    }),
  ),
  yearAgo: optional(
    group({
      ...{ found: measure, stayed: measure, people: measure, peopleStayed: measure },
      ...{ foundBefore: measure, stayedBefore: measure },
      without: list(wordOf<RuleLineKind>()),
    }),
  ),
  /** how many were drawn by lot, and how long it took: exact, so a manager is told neither */
  toLookAt: optional(integer),
  milliseconds: optional(integer),
})

const verdict = group({ ...act, person: text, right: boolean, words: text })

const version = group({
  version: integer,
  edit: integer,
  state: wordOf<RuleState>(),
  definition: record<PlanDefinition>('PlanDefinition'),
  name: text,
  lines: as('line', list(line)),
  savedAt: instant,
  writers: as('writer', list(hand)),
  tried: optional(group({ ...act, figures })),
  looked: list(verdict),
  asked: optional(group({ ...act, of: optional(hand), from: day })),
  refused: optional(group({ ...act, why: text })),
  agreed: optional(group({ ...act, from: day })),
  off: optional(group({ ...act, why: text })),
})

const run = group({
  ...{ version: integer, kind: wordOf<RuleRunKind>(), at: instant, by: optional(hand) },
  ...{ reason: wordOf<RuleRunReason>(), words: text },
  ...{ found: measure, added: measure, dropped: measure, notJudged: measure },
})

/** The answer of the operations on one rule: every version, newest first, the log, and who can agree. */
export const ruleParameters = parameters({
  rule: text,
  versions: as('version', list(version)),
  runs: as('run', list(run)),
  colleagues: as('colleague', list(hand)),
  /** decisions about people that were made under each version */
  decided: list(group({ version: integer, people: measure })),
  mayWrite: yes,
  mayAgree: yes,
})

export type ShownRule = In<typeof ruleParameters>
export type ShownRuleVersion = ShownRule['versions'][number]
export type ShownRuleFigures = NonNullable<ShownRuleVersion['tried']>['figures']
export type ShownRuleRun = ShownRule['runs'][number]

/** The answer of `$rules`. */
export const rulesAnswer = parameters({
  rules: as(
    'rule',
    list(
      group({
        rule: text,
        name: text,
        newest: group({ version: integer, state: wordOf<RuleState>(), writers: list(hand) }),
        running: optional(group({ version: integer, name: text, from: day })),
        last: optional(run),
        /** asked, and this reader can answer */
        waitsForYou: yes,
      }),
    ),
  ),
  mayWrite: yes,
})
export type ListedRule = In<typeof rulesAnswer>['rules'][number]

const rulePerson = group({
  id: text,
  family: optional(text),
  given: optional(text),
  title: optional(text),
  birthDate: optional(text),
  nhsNumber: optional(text),
  conditions: as('condition', list(text)),
  stays: optional(integer),
  bedDays: optional(integer),
  lastStay: optional(text),
  frailty: optional(integer),
  frailtyUp: optional(integer),
  chance: optional(integer),
  medicines: optional(integer),
  coordinator: optional(text),
  careHome: yes,
  /** in a sample: whether the rule would add or drop them */
  adds: yes,
  /** lines that do not fit them, and lines that nobody can judge for them, from nought */
  misses: list(integer),
  unknown: list(integer),
})

/** The answer of `$rule-people`. */
export const rulePeopleAnswer = parameters({
  total: integer,
  people: as('person', list(rulePerson)),
})
export type RulePerson = In<typeof rulePeopleAnswer>['people'][number]
export const rulePeoplePerPage = 20
