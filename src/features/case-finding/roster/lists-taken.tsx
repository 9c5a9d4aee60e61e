import { Trans, useLingui } from '@lingui/react/macro'
import { undoWholeList } from '#client/queries/monitoring/roster.ts'
import type { Roster } from '#domain/roster/roster-parameters.ts'
import { Count, People } from '#features/case-finding/population/count.tsx'
import { ReasonButton } from '#features/parts/reason-button.tsx'
import { DateText } from '#ui/text/date-text.tsx'

/** The lists that were taken as whole, and the way back from a wrong one. */
export function ListsTaken({ lists }: { lists: Roster['lists'] }) {
  const { t } = useLingui()
  if (lists.length === 0) return null
  return (
    <section className="gable-section" aria-label={t`Whole lists that were taken`}>
      <h2>
        <Trans>Whole lists that were taken</Trans>
      </h2>
      <ul className="gable-boxed-rows roster__people">
        {lists.map((list) => (
          <li key={list.id}>
            <span>
              <DateText date={list.onDay} />: <People of={list.people} />
              {' · '}
              <Trans>
                joined <Count of={list.joined} />, left <Count of={list.gone} />
              </Trans>
            </span>
            <Words list={list} />
            {list.mayUndo && !list.undone ? (
              <ReasonButton
                draft={`undo-list-${list.id}`}
                verb={<Trans>Take this list back</Trans>}
                title={<Trans>Take this list back?</Trans>}
                label={<Trans>Why was it wrong? At least ten letters.</Trans>}
                run={(words) => undoWholeList(list.id, words)}
              >
                <p>
                  <Trans>
                    Whoever left or joined by this list did not. What their records have said since
                    counts, each on its day.
                  </Trans>
                </p>
              </ReasonButton>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Who took it, and why; a manager sees none of the words. */
function Words({ list }: { list: Roster['lists'][number] }) {
  const { by, reason, undone, undoneWhy } = list
  return (
    <span className="gable-meta">
      {by ? (
        <Trans>
          by <bdi>{by}</bdi>
        </Trans>
      ) : null}
      {reason ? (
        <>
          {' · '}
          <bdi>{reason}</bdi>
        </>
      ) : null}
      {undone ? (
        <>
          {' · '}
          {undoneWhy ? (
            <Trans>
              taken back: <bdi>{undoneWhy}</bdi>
            </Trans>
          ) : (
            <Trans>taken back</Trans>
          )}
        </>
      ) : null}
    </span>
  )
}
