import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { photoQuery, photoSource, takePhotoAway } from '#client/queries/patient/photo.ts'
import type { AboutMePhoto } from '#domain/photo/about-me-photo.ts'
import type { Who } from '#domain/plan/plan.ts'
import { ConfirmAction } from '#features/parts/confirm-action.tsx'
import { Button } from '#ui/layout/button.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { PhotoForm } from './photo-form.tsx'
import './photo.scss'

type Props = Readonly<{ person: string; givenName: string; me: Who; mayWrite: boolean }>

/** The person’s picture in About me: to see, to choose, to change and to take away. */
export function PersonPhoto({ person, givenName, me, mayWrite }: Props) {
  const { t } = useLingui()
  const { data: photo, isError } = useQuery(photoQuery(person))
  const mayChoose = mayWrite && me.voice !== 'carer'
  if (!photo && !mayChoose) return null
  return (
    <section className="photo" aria-label={t`Picture`}>
      {photo ? <Shown photo={photo} /> : null}
      {isError ? (
        <p>
          <Trans>The picture could not be loaded.</Trans>
        </p>
      ) : null}
      {mayChoose ? <Choose {...{ person, givenName, me }} isThere={!!photo} /> : null}
    </section>
  )
}

function Choose({
  person,
  givenName,
  me,
  isThere,
}: Omit<Props, 'mayWrite'> & { isThere: boolean }) {
  const [open, setOpen] = useState(false)
  if (open) return <PhotoForm {...{ person, givenName, me }} onDone={() => setOpen(false)} />
  return (
    <div className="photo__bar">
      <Button variant="link" onClick={() => setOpen(true)}>
        {isThere ? <Trans>Change the picture</Trans> : <Trans>Add a picture</Trans>}
      </Button>
      {isThere ? <TakeAway person={person} /> : null}
    </div>
  )
}

function Shown({ photo }: { photo: AboutMePhoto }) {
  const { alt, agreed, by, at } = photo
  return (
    <figure className="photo__figure">
      <img className="photo__picture" src={photoSource(photo)} alt={alt} />
      {agreed && by && at ? (
        <figcaption className="photo__by">
          <Trans>
            Added by {by.name}, <DateText date={at} />. How they said yes: {agreed}
          </Trans>
        </figcaption>
      ) : null}
    </figure>
  )
}

function TakeAway({ person }: { person: string }) {
  const { t } = useLingui()
  return (
    <ConfirmAction
      verb={<Trans>Take the picture away</Trans>}
      variant="link"
      title={t`Take the picture away?`}
      yes={<Trans>Yes, take it away</Trans>}
      no={<Trans>Keep it</Trans>}
      run={() => takePhotoAway(person)}
      failed={<Trans>The picture is still there</Trans>}
    >
      <p>
        <Trans>Nobody will see it here any more.</Trans>
      </p>
    </ConfirmAction>
  )
}
