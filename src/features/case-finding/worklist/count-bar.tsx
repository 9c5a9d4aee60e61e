import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { mostDecidedAtOnce } from '#domain/case/decide-people.ts'
import { Button } from '#ui/layout/button.tsx'

type Props = Readonly<{
  count: number
  pending: boolean
  onTakeOn: () => void
  onAssign: () => void
  onDefer: () => void
  onDecline: () => void
  onClear: () => void
}>

/** How many are selected, and what can be decided about all of them at once. */
export function CountBar(props: Props) {
  const { count, pending, onTakeOn, onAssign, onDefer, onDecline, onClear } = props
  const { t } = useLingui()
  if (count === 0) return null
  return (
    <section className="worklist__bar" aria-label={t`Selected people`}>
      <p aria-live="polite">
        <strong>
          <Plural value={count} one="# selected" other="# selected" />
        </strong>
        {count >= mostDecidedAtOnce ? (
          <>
            {', '}
            <Trans>more cannot be decided about at once</Trans>
          </>
        ) : null}
      </p>
      <Button pending={pending} onClick={onTakeOn}>
        <Trans>Take on</Trans>
      </Button>
      <Button variant="outline" onClick={onAssign}>
        <Trans>Assign to a colleague</Trans>
      </Button>
      <Button variant="outline" onClick={onDefer}>
        <Trans>Not now</Trans>
      </Button>
      <Button variant="outline" onClick={onDecline}>
        <Trans>Off the list</Trans>
      </Button>
      <Button variant="link" onClick={onClear}>
        <Trans>Select nobody</Trans>
      </Button>
    </section>
  )
}
