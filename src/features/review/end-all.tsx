import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { endOpenWork } from '#client/queries/care-plan/end-open-work.ts'
import { ReasonButton } from '#features/parts/reason-button.tsx'
import { toast } from '#ui/feedback/toasts.tsx'

/** After a death: everything that nobody needs any more ends in one step, with one reason. */
export function EndAll({ person, names }: Readonly<{ person: string; names: readonly string[] }>) {
  const { t } = useLingui()
  return (
    <ReasonButton
      draft={`end-all-${person}`}
      verb={<Trans>End what is no longer needed</Trans>}
      variant="danger"
      title={<Plural value={names.length} one="End this?" other="End these #?" />}
      label={t`Why, in one sentence. It is saved with each of them`}
      run={(words) => endOpenWork(person, words)}
      done={() => toast(<Trans>Ended.</Trans>)}
    >
      <p>
        <Trans>
          The people who promised these will not be reminded again. You cannot undo this: nothing
          new can be promised to someone who has died.
        </Trans>
      </p>
      <ul className="gable-list">
        {names.map((name, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two may have the same words
          <li key={place}>{name}</li>
        ))}
      </ul>
    </ReasonButton>
  )
}
