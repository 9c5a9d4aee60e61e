import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { type ReactNode, useState } from 'react'
import { clockToday } from '#client/clock.ts'
import { FhirError } from '#client/fhir/fhir-error.ts'
import { useDraft } from '#client/forms/use-draft.ts'
import { answerRule, askAboutRule, type ReadRule } from '#client/queries/monitoring/rules.ts'
import { addDays } from '#domain/calendar/days.ts'
import type { ShownRule, ShownRuleVersion } from '#domain/rule/rule-parameters.ts'
import { type MarkState, StateMark } from '#ui/feedback/state-mark.tsx'
import { DateField } from '#ui/forms/date-field.tsx'
import { SelectField } from '#ui/forms/select-field.tsx'
import { TextArea } from '#ui/forms/text-area.tsx'
import { Button } from '#ui/layout/button.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { useRuleStep } from './use-rule-step.ts'

type Props = Readonly<{ shown: ShownRule; version: ShownRuleVersion }>

/** What has to be done before a version runs: tried, looked at, and agreed by a second person. */
export function RuleAgreement({ shown, version }: Props) {
  const isLooked = ['looked-at', 'asked'].includes(version.state)
  const canAsk = shown.mayWrite === true && shown.mayAgree !== true && isLooked
  return (
    <section aria-labelledby="rule-before">
      <h2 id="rule-before">
        <Trans>Before it is switched on</Trans>
      </h2>
      <div className="rule-card rule-steps">
        <ol>
          <TriedStep version={version} />
          <LookedStep version={version} isLooked={isLooked} />
          <AgreedStep version={version} />
        </ol>
        <div>
          {shown.mayAgree ? <Answer {...{ rule: shown.rule, edit: version.edit }} /> : null}
          {canAsk ? <Ask {...{ shown, version }} /> : null}
          {isLooked ? null : (
            <p>
              <Trans>
                Once it is tried and everybody drawn by lot is looked at, you can ask a second
                person to agree. Then it can run from a day you choose.
              </Trans>
            </p>
          )}
        </div>
      </div>
    </section>
  )
}

function TriedStep({ version: { tried } }: Pick<Props, 'version'>) {
  return (
    <Step state={tried ? 'agreed' : 'missing'} title={<Trans>Tried on the real records</Trans>}>
      {tried ? (
        <Trans>
          <DateText date={tried.at} withTime />, as it stands above
        </Trans>
      ) : (
        <Trans>Not yet, as it stands above</Trans>
      )}
    </Step>
  )
}

function LookedStep({ version, isLooked }: Pick<Props, 'version'> & { isLooked: boolean }) {
  const { tried, looked } = version
  const toLookAt = tried?.figures.toLookAt
  const right = looked.filter((each) => each.right).length
  const state = isLooked ? 'agreed' : tried ? 'due' : 'missing'
  return (
    <Step
      state={state}
      title={
        toLookAt !== undefined ? (
          <Plural
            value={toLookAt}
            one="# person looked at by eye"
            other="# people looked at by eye"
          />
        ) : (
          <Trans>People looked at by eye</Trans>
        )
      }
    >
      {tried && toLookAt === undefined ? (
        <Trans>Only those who may see these people are told what was said about them.</Trans>
      ) : (
        <Trans>
          {looked.length} so far: {right} right, {looked.length - right} not
        </Trans>
      )}
    </Step>
  )
}

function AgreedStep({ version: { asked, refused } }: Pick<Props, 'version'>) {
  return (
    <Step state={asked ? 'due' : 'missing'} title={<Trans>A second person agrees</Trans>}>
      {asked ? <Asked asked={asked} /> : null}
      {asked ? null : (
        <Trans>Nobody asked yet. Whoever writes a rule cannot switch it on alone.</Trans>
      )}
      {refused && !asked ? (
        <>
          {' '}
          <Trans>
            {refused.by.name} said no: “{refused.why}”
          </Trans>
        </>
      ) : null}
    </Step>
  )
}

function Asked({ asked }: { asked: NonNullable<ShownRuleVersion['asked']> }) {
  const { by, of, at, from } = asked
  return (
    <Trans>
      {by.name} asked {of?.name ?? ''} on <DateText date={at} />. It would run from{' '}
      <DateText date={from} />.
    </Trans>
  )
}

function Step({
  state,
  title,
  children,
}: Readonly<{ state: MarkState; title: ReactNode; children: ReactNode }>) {
  return (
    <li>
      <StateMark state={state}>
        <b>{title}</b>
      </StateMark>
      <p className="rule-meta">{children}</p>
    </li>
  )
}

/** Why the service refused, in its own words. */
export function RuleRefused({ error }: { error: unknown }) {
  if (!error) return null
  return (
    <p role="alert" className="rule-line__fault">
      {error instanceof FhirError && error.outcome ? (
        error.message
      ) : (
        <Trans>This was not saved. Nothing is lost. Try again.</Trans>
      )}
    </p>
  )
}

function Ask({ shown, version }: Props) {
  const { t } = useLingui()
  const today = clockToday()
  const [of, setOf] = useState(version.asked?.of?.agent ?? shown.colleagues[0]?.agent ?? '')
  const [from, setFrom] = useState(version.asked?.from ?? addDays(today, 7))
  const colleague = shown.colleagues.find(({ agent }) => agent === of)
  const { rule } = shown
  const asking = useRuleStep({ rule, edit: version.edit }, { act: askAboutRule })
  const ask = () => asking.mutate({ of: of.split('/')[1] ?? '', from })
  if (shown.colleagues.length === 0)
    return (
      <p>
        <Trans>
          There is no second person here who can agree: a GP or a nurse case manager who did not
          write in this version.
        </Trans>
      </p>
    )
  return (
    <div>
      <SelectField
        label={t`Who should agree?`}
        value={of}
        onChange={setOf}
        options={shown.colleagues.map(({ agent, name }) => ({ value: agent, label: name }))}
      />
      <DateField label={t`Run it from`} value={from} onChange={setFrom} />
      <Button pending={asking.isPending} onClick={ask}>
        {version.asked ? (
          <Trans>Ask {colleague?.name} again</Trans>
        ) : (
          <Trans>Ask {colleague?.name} to agree</Trans>
        )}
      </Button>
      <RuleRefused error={asking.error} />
    </div>
  )
}

function Answer({ rule, edit }: ReadRule) {
  const { t } = useLingui()
  const [refusing, setRefusing] = useState(false)
  const [words, setWords, clear] = useDraft(`rule-no:${rule}`, '')
  const answering = useRuleStep({ rule, edit }, { act: answerRule, onDone: clear })
  return (
    <div>
      <p>
        <Trans>
          You are asked to agree. Look at the people above first: you can open everybody it finds.
        </Trans>
      </p>
      <div className="rule-verdict">
        <Button
          pending={answering.isPending}
          onClick={() => answering.mutate({ agree: true, words: '' })}
        >
          <Trans>I agree: switch it on</Trans>
        </Button>
        <Button variant="outline" aria-expanded={refusing} onClick={() => setRefusing(!refusing)}>
          <Trans>I do not agree</Trans>
        </Button>
      </div>
      {refusing ? (
        <>
          <TextArea label={t`Why not?`} value={words} onChange={setWords} rows={3} />
          <Button
            pending={answering.isPending}
            onClick={() => answering.mutate({ agree: false, words })}
          >
            <Trans>Send my no</Trans>
          </Button>
        </>
      ) : null}
      <RuleRefused error={answering.error} />
    </div>
  )
}
