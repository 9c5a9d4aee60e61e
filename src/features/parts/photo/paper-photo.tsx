import { useQuery } from '@tanstack/react-query'
import { photoQuery, photoSource } from '#client/queries/patient/photo.ts'
import './photo.scss'

/** The person’s picture on the plan on paper, for who may see About me. */
export function PaperPhoto({ person }: { person: string }) {
  const { data: photo } = useQuery(photoQuery(person))
  if (!photo) return null
  return <img className="photo__picture" src={photoSource(photo)} alt={photo.alt} />
}
