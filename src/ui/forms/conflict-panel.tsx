import { Trans } from '@lingui/react/macro'
import { Avatar } from '#ui/layout/avatar.tsx'
import { Button } from '#ui/layout/button.tsx'

type Side = Readonly<{ name: string; when?: string; text: string }>

/** Two versions of one text, side by side, with their authors; nothing is lost until someone chooses. */
export function ConflictPanel(props: {
  mine: Side
  theirs: Side
  before: string
  pending: boolean
  onKeepMine: () => void
  onKeepTheirs: () => void
  /** absent if they cannot be combined */
  onWriteBoth?: (() => void) | undefined
}) {
  const { mine, theirs, before, pending } = props
  return (
    <section className="gable-conflict" aria-labelledby="conflict-title" role="alert">
      <header className="gable-conflict__head">
        <h3 id="conflict-title">
          <Trans>Two people changed the same sentence</Trans>
        </h3>
        <p>
          <Trans>Both versions are kept. Nothing is lost until someone chooses.</Trans>
        </p>
      </header>
      <div className="gable-conflict__sides">
        <ConflictSide side={theirs}>
          <Button variant="outline" pending={pending} onClick={props.onKeepTheirs}>
            <Trans>Keep what {theirs.name} wrote</Trans>
          </Button>
        </ConflictSide>
        <ConflictSide side={mine}>
          <Button variant="outline" pending={pending} onClick={props.onKeepMine}>
            <Trans>Keep what I wrote</Trans>
          </Button>
        </ConflictSide>
      </div>
      <footer className="gable-conflict__foot">
        <p>
          <Trans>Before: “{before}”</Trans>
        </p>
        {props.onWriteBoth ? (
          <Button onClick={props.onWriteBoth}>
            <Trans>Combine both</Trans>
          </Button>
        ) : null}
      </footer>
    </section>
  )
}

function ConflictSide({ side, children }: { side: Side; children: React.ReactNode }) {
  return (
    <div className="gable-conflict__side">
      <p className="gable-conflict__who">
        <Avatar name={side.name} /> <b>{side.name}</b> {side.when ? <bdi>{side.when}</bdi> : null}
      </p>
      <blockquote>{side.text}</blockquote>
      {children}
    </div>
  )
}
