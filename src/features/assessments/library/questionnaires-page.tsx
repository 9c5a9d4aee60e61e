import { Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Suspense, useState } from 'react'
import {
  questionnairesQuery,
  type StoredQuestionnaire,
} from '#client/queries/admin/questionnaires.ts'
import { useSession } from '#client/session/session.ts'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { Notice } from '#ui/feedback/notice.tsx'
import { Skeleton } from '#ui/feedback/skeleton.tsx'
import { PageHeading } from '#ui/layout/page-heading.tsx'
import { ImportQuestionnaire } from './import-questionnaire.tsx'
import { PublishedQuestionnaire } from './published-questionnaire.tsx'

/** The questionnaires of this service: written elsewhere, checked, tried, and published in versions. */
export function QuestionnairesPage() {
  const { t } = useLingui()
  const isAdmin = useSession(({ actor }) => actor?.role === 'admin')
  return (
    <div className="questionnaires">
      <PageHeading
        title={t`Questionnaires`}
        lead={t`What can be asked here. Add your own as a FHIR R4 Questionnaire: it is checked, tried, and then published as a version that nobody edits.`}
      />
      {isAdmin ? (
        <Suspense fallback={<Skeleton lines={6} />}>
          <Library />
        </Suspense>
      ) : (
        <EmptyState title={t`Not part of your role`}>
          <Trans>Only an administrator publishes questionnaires.</Trans>
        </EmptyState>
      )}
    </div>
  )
}

function Library() {
  const { t } = useLingui()
  const { data: all } = useSuspenseQuery(questionnairesQuery())
  const [published, setPublished] = useState('')
  const byUrl = Map.groupBy(all, ({ url = '', id }) => url || id)
  return (
    <>
      {published && (
        <Notice tone="done" title={t`Published: ${published}`}>
          <Trans>It can be asked from now on.</Trans>
        </Notice>
      )}
      <ImportQuestionnaire all={all} onPublished={setPublished} />
      <section aria-labelledby="questionnaires-here">
        <h2 id="questionnaires-here">
          <Trans>Questionnaires here</Trans>
        </h2>
        {all.length === 0 && <EmptyState title={t`No questionnaires yet`} />}
        <ul className="questionnaires-list">
          {[...byUrl].map(([url, versions]) => (
            <PublishedQuestionnaire key={url} versions={newestFirst(versions)} />
          ))}
        </ul>
      </section>
    </>
  )
}

/** The version that is asked, then the others. */
const newestFirst = (versions: readonly StoredQuestionnaire[]) =>
  versions.toSorted(
    (one, other) => Number(other.status === 'active') - Number(one.status === 'active'),
  )
