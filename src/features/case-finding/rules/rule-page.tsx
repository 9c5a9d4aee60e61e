import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useParams } from 'react-router'
import { FhirError } from '#client/fhir/fhir-error.ts'
import { ruleQuery, saveRule } from '#client/queries/monitoring/rules.ts'
import type { RuleLine } from '#domain/rule/rule-lines.ts'
import { sameLines } from '#domain/rule/rule-lines.ts'
import type { ShownRule, ShownRuleVersion } from '#domain/rule/rule-parameters.ts'
import { FindNav } from '#features/parts/find/find-nav.tsx'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { Notice } from '#ui/feedback/notice.tsx'
import { Skeleton } from '#ui/feedback/skeleton.tsx'
import { TextField } from '#ui/forms/text-field.tsx'
import { Button } from '#ui/layout/button.tsx'
import { PageHeading } from '#ui/layout/page-heading.tsx'
import { ruleStateWords } from './line-words.ts'
import { RuleAgreement, RuleRefused } from './rule-agreement.tsx'
import { RuleLinesCard } from './rule-lines-card.tsx'
import { RuleLog, RuleVersions } from './rule-log.tsx'
import { RuleRunning } from './rule-running.tsx'
import { RulesNotLoaded } from './rules-not-loaded.tsx'
import { RoundedNote } from './run-figures.tsx'
import { JustMissed, NotJudged } from './trial/rule-missed.tsx'
import { RuleSample } from './trial/rule-sample.tsx'
import { RuleTrial } from './trial/rule-trial.tsx'
import { isWritable, type RuleDraft, useRuleDraft } from './use-rule-draft.ts'
import { useRuleChanged } from './use-rule-step.ts'

/** One rule, as a sentence with its counts, what it would do to real people, and who has to agree. */
export function RulePage() {
  const { t } = useLingui()
  const { rule = '' } = useParams()
  const { data, error, refetch, isFetching } = useQuery(ruleQuery(rule))
  return (
    <div className="rule">
      <FindNav />
      {data ? <Whole key={data.rule} shown={data} /> : null}
      {!data && !error ? <Skeleton lines={12} atOnce /> : null}
      {!data && error ? (
        <>
          <PageHeading title={t`A rule for finding people`} />
          {error instanceof FhirError && error.kind === 'missing' ? (
            <EmptyState title={t`This rule is not here`}>
              <p>{t`It belongs to another organisation, or its address is wrong.`}</p>
            </EmptyState>
          ) : (
            <RulesNotLoaded {...{ error }} pending={isFetching} again={() => void refetch()} />
          )}
        </>
      ) : null}
    </div>
  )
}

function Whole({ shown }: { shown: ShownRule }) {
  const [newest] = shown.versions
  const draft = useRuleDraft(shown)
  if (!newest) return null
  const isDraft = isWritable(newest.state)
  const running = shown.versions.find(({ state }) => state === 'running' || state === 'agreed')
  return (
    <>
      <Heading {...{ newest, running }} mayWrite={isDraft && shown.mayWrite === true} />
      <RoundedNote />
      <Changed rule={shown.rule} />
      {running && isDraft ? null : <Running {...{ shown, running, newest }} />}
      <Written {...{ shown, newest, running, draft }} />
      {running && isDraft ? <Running {...{ shown, running, newest }} /> : null}
      <RuleLog shown={shown} />
      <RuleVersions shown={shown} />
    </>
  )
}

/** Somebody answered for a sentence that is not there any more: nothing was saved, and this is the one that is. */
function Changed({ rule }: { rule: string }) {
  if (!useRuleChanged(rule)) return null
  return (
    <div role="alert">
      <Notice
        tone="warning"
        title={<Trans>Somebody has changed this rule since you read it</Trans>}
      >
        <p>
          <Trans>
            Nothing was saved. Below is the rule as it is now. Read it again, then answer.
          </Trans>
        </p>
      </Notice>
    </div>
  )
}

type HeadingProps = Readonly<{
  newest: ShownRuleVersion
  running: ShownRuleVersion | undefined
  mayWrite: boolean
}>

function Heading({ newest, running, mayWrite }: HeadingProps) {
  const { t } = useLingui()
  const names = newest.writers.map(({ name }) => name).join(', ')
  return (
    <PageHeading
      title={newest.name}
      caption={
        <>
          <Trans>
            A rule for finding people · version {newest.version}, written by {names}
          </Trans>{' '}
          · {t(ruleStateWords[newest.state])}
          {running && running !== newest ? (
            <>
              {' '}
              · <Trans>version {running.version} is switched on</Trans>
            </>
          ) : null}
        </>
      }
      lead={
        mayWrite
          ? t`A rule is a sentence. Change a word in a box and see, on today’s real records, whom it would bring and whom it would lose. Nothing happens to anyone until it is switched on.`
          : t`A rule is a sentence about the record. It marks people in the list and decides for nobody.`
      }
    />
  )
}

type RunningProps = Readonly<{
  shown: ShownRule
  running: ShownRuleVersion | undefined
  newest: ShownRuleVersion
}>

function Running({ shown, running, newest }: RunningProps) {
  return (
    <>
      {running ? <RuleRunning {...{ shown, running }} mayOpen={shown.mayWrite === true} /> : null}
      {shown.mayWrite && !isWritable(newest.state) ? <NextVersion {...{ shown, newest }} /> : null}
    </>
  )
}

function NextVersion({ shown, newest }: Readonly<{ shown: ShownRule; newest: ShownRuleVersion }>) {
  const { name, lines } = newest
  const writing = useMutation({
    mutationFn: async () => await saveRule(shown.rule, { name, lines }, newest.edit),
  })
  return (
    <div className="rule-next">
      <Button variant="outline" pending={writing.isPending} onClick={() => writing.mutate()}>
        <Trans>Write the next version</Trans>
      </Button>
      <RuleRefused error={writing.error} />
    </div>
  )
}

type WrittenProps = Readonly<{
  shown: ShownRule
  newest: ShownRuleVersion
  running: ShownRuleVersion | undefined
  draft: RuleDraft
}>

/** The sentence and, if these very lines were tried, everything that the trial says. */
function Written({ shown, newest, running, draft }: WrittenProps) {
  const mayWrite = shown.mayWrite === true && isWritable(newest.state)
  const lines = mayWrite ? draft.written.lines : plainLines(newest)
  const tried = sameLines(lines, plainLines(newest)) ? newest.tried : undefined
  const write = mayWrite ? writingTo(draft) : undefined
  const earlier = running === newest ? undefined : running
  return (
    <>
      {mayWrite ? <Name draft={draft} /> : null}
      {mayWrite ? <Saving draft={draft} /> : null}
      <RuleLinesCard
        {...{ lines, write }}
        before={earlier && plainLines(earlier)}
        figures={tried?.figures}
      />
      {tried ? (
        <Tried {...{ shown, newest, tried, lines, draft, write }} running={earlier?.version} />
      ) : null}
      {isWritable(newest.state) ? <RuleAgreement {...{ shown, version: newest }} /> : null}
    </>
  )
}

const writingTo =
  ({ write, written }: RuleDraft) =>
  (lines: readonly RuleLine[]) =>
    write({ name: written.name, lines })

function Name({ draft }: { draft: RuleDraft }) {
  const { t } = useLingui()
  const { name, lines } = draft.written
  return (
    <TextField
      label={t`Name of the rule`}
      value={name}
      onChange={(next) => draft.write({ lines, name: next })}
      maxLength={120}
      {...(name.trim() === '' ? { error: t`Give the rule a name` } : {})}
    />
  )
}

type TriedProps = Pick<WrittenProps, 'shown' | 'newest' | 'draft'> &
  Readonly<{
    tried: NonNullable<ShownRuleVersion['tried']>
    lines: readonly RuleLine[]
    running: number | undefined
    write: ((lines: readonly RuleLine[]) => void) | undefined
  }>

function Tried({ shown, newest, draft, tried, lines, running, write }: TriedProps) {
  const asked = { rule: shown.rule, of: tried.at }
  const mayOpen = shown.mayWrite === true
  return (
    <>
      <NotJudged {...{ ...asked, lines, figures: tried.figures, mayOpen }} />
      <RuleTrial
        {...{ rule: shown.rule, tried, running }}
        mayOpen={write !== undefined}
        again={write ? draft.tryAgain : undefined}
        pending={draft.isBusy}
      />
      {write ? (
        <>
          <RuleSample rule={shown.rule} version={newest} />
          <JustMissed {...{ ...asked, lines, write, figures: tried.figures }} />
        </>
      ) : null}
    </>
  )
}

const plainLines = ({ lines }: ShownRuleVersion): readonly RuleLine[] =>
  lines.map(({ among, ...line }) => (among.length > 0 ? { ...line, among } : line))

/** What was typed is on the device until the service has it. */
function Saving({ draft }: { draft: RuleDraft }) {
  if (draft.failure === 'stale')
    return (
      <Notice
        tone="warning"
        title={<Trans>Somebody else has changed this rule</Trans>}
        actions={
          <div className="rule-verdict">
            <Button onClick={draft.takeTheirs}>
              <Trans>Use what they wrote</Trans>
            </Button>
            <Button variant="outline" onClick={draft.keepMine}>
              <Trans>Save mine over it</Trans>
            </Button>
          </div>
        }
      >
        <p>
          <Trans>Your words are below and still on this device. Choose which to keep.</Trans>
        </p>
      </Notice>
    )
  if (draft.failure)
    return (
      <Notice
        tone="danger"
        title={<Trans>Not saved yet</Trans>}
        actions={
          <Button variant="outline" onClick={draft.retry}>
            <Trans>Try again</Trans>
          </Button>
        }
      >
        <p>
          <Trans>What you wrote is kept on this device. Nothing is lost.</Trans>
        </p>
      </Notice>
    )
  return (
    <p className="rule-meta" aria-live="polite">
      {draft.isBusy ? <Trans>Saving and counting…</Trans> : <Trans>Saved as you type.</Trans>}
    </p>
  )
}
