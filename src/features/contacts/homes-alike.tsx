import { Trans } from '@lingui/react/macro'
import type { HomePlace } from '#domain/home/home-place.ts'
import { Notice } from '#ui/feedback/notice.tsx'
import { Button } from '#ui/layout/button.tsx'

type Props = Readonly<{
  homes: readonly HomePlace[]
  onUse: (id: string) => void
  onAnother: (button: HTMLElement) => void
}>

/** Homes that may be the same one: a person decides, nothing is joined by itself. */
export function HomesAlike({ homes, onUse, onAnother }: Props) {
  return (
    <Notice tone="warning" title={<Trans>This home may be in the list already</Trans>}>
      <ul className="gable-plain-list">
        {homes.map(({ id, name, address, postcode, phone }) => (
          <li key={id}>
            {[name, address, postcode, phone].filter(Boolean).join(', ')}{' '}
            <Button variant="link" onClick={() => onUse(id)}>
              <Trans>Yes, it is this one</Trans>
            </Button>
          </li>
        ))}
      </ul>
      <Button variant="outline" onClick={({ currentTarget }) => onAnother(currentTarget)}>
        <Trans>No, it is another home</Trans>
      </Button>
    </Notice>
  )
}
