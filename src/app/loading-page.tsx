import { Skeleton } from '#ui/feedback/skeleton.tsx'

export function LoadingPage() {
  return (
    <main className="gable-main">
      <Skeleton lines={8} />
    </main>
  )
}
