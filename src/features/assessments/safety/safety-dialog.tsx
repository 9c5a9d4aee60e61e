import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '#ui/layout/button.tsx'
import { Dialog } from '#ui/layout/dialog.tsx'

type Props = Readonly<{ said: string; open: boolean; onHeed: () => void }>

/** Opens over the form as soon as the answer is given. */
export function SafetyDialog({ said, open, onHeed }: Props) {
  const { t } = useLingui()
  return (
    <Dialog
      title={t`Ask about safety now`}
      open={open}
      onClose={onHeed}
      actions={
        <Button variant="danger" onClick={onHeed}>
          <Trans>I understand: I will ask now</Trans>
        </Button>
      }
    >
      <p>
        <Trans>
          The person answered “{said}” to thoughts of being better off dead or of hurting
          themselves.
        </Trans>
      </p>
      <p>
        <Trans>
          Stop here and ask about plans and intent. If there is immediate danger, call 999 and stay
          with the person.
        </Trans>
      </p>
      <p>
        <Trans>You will be asked to record what was done. The answers so far are kept.</Trans>
      </p>
    </Dialog>
  )
}
