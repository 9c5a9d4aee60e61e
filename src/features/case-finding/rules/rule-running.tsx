import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { endRule, runRuleNow } from '#client/queries/monitoring/rules.ts'
import type { ShownRule, ShownRuleVersion } from '#domain/rule/rule-parameters.ts'
import { countIn } from '#features/case-finding/population/count.tsx'
import { TextField } from '#ui/forms/text-field.tsx'
import { Button } from '#ui/layout/button.tsx'
import { LinkButton } from '#ui/layout/link-button.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { RuleRefused } from './rule-agreement.tsx'
import { RunFigures } from './run-figures.tsx'

type Props = Readonly<{ shown: ShownRule; running: ShownRuleVersion; mayOpen: boolean }>

/** What runs now: since when, agreed by whom, whom it found, and how to stop it. */
export function RuleRunning({ shown, running, mayOpen }: Props) {
  const last = shown.runs.find(({ kind }) => kind === 'run')
  const decided = shown.decided.find(({ version }) => version === running.version)
  return (
    <section className="rule-card" aria-labelledby="rule-running">
      <h2 id="rule-running">
        {running.state === 'agreed' ? (
          <Trans>Version {running.version} waits for its day</Trans>
        ) : (
          <Trans>Version {running.version} is switched on</Trans>
        )}
      </h2>
      <p>
        {running.agreed ? (
          <Trans>
            From <DateText date={running.agreed.from} />, agreed by {running.agreed.by.name}.
          </Trans>
        ) : null}{' '}
        {last ? <RunFigures run={last} /> : null}{' '}
        {decided && countIn(decided.people) > 0 ? (
          <Plural
            value={countIn(decided.people)}
            one="# decision was made about a person whom it had found, and keeps this version."
            other="# decisions were made about people whom it had found, and keep this version."
          />
        ) : null}
      </p>
      <p>
        <Trans>
          It marks people in the list as found by this rule. It decides for nobody and leaves nobody
          out: whoever drops stays where they are until somebody decides, with a reason.
        </Trans>
      </p>
      {mayOpen && running.state === 'running' ? (
        <p>
          <LinkButton to={`/find?rule=${shown.rule}&known=all`} variant="outline">
            <Trans>See them in the list</Trans>
          </LinkButton>
        </p>
      ) : null}
      {shown.mayWrite ? <Acts {...{ shown, running }} /> : null}
    </section>
  )
}

function Acts({ shown, running }: Omit<Props, 'mayOpen'>) {
  const { t } = useLingui()
  const [act, setAct] = useState<'run' | 'end'>()
  const [words, setWords] = useState('')
  const acting = useMutation({
    mutationFn: async () =>
      await (act === 'end' ? endRule(shown.rule, words) : runRuleNow(shown.rule, words)),
    onSuccess: () => {
      setAct(undefined)
      setWords('')
    },
  })
  return (
    <>
      <div className="rule-verdict">
        {running.state === 'running' ? (
          <Button variant="link" aria-expanded={act === 'run'} onClick={() => setAct('run')}>
            <Trans>Run it again now</Trans>
          </Button>
        ) : null}
        <Button variant="link" aria-expanded={act === 'end'} onClick={() => setAct('end')}>
          <Trans>Switch it off</Trans>
        </Button>
      </div>
      {act ? (
        <div>
          <TextField
            label={act === 'end' ? t`Why switch it off?` : t`Why run it again?`}
            hint={t`The log of this rule keeps your words. Name no person.`}
            value={words}
            onChange={setWords}
          />
          <div className="rule-verdict">
            <Button pending={acting.isPending} onClick={() => acting.mutate()}>
              {act === 'end' ? <Trans>Switch off</Trans> : <Trans>Run now</Trans>}
            </Button>
            <Button variant="link" onClick={() => setAct(undefined)}>
              <Trans>Cancel</Trans>
            </Button>
          </div>
          <RuleRefused error={acting.error} />
        </div>
      ) : null}
    </>
  )
}
