import { Trans } from '@lingui/react/macro'
import { Component, type ReactNode } from 'react'
import { useLocation } from 'react-router'
import { FhirError } from '#client/fhir/fhir-error.ts'
import { EmptyState } from '#ui/feedback/empty-state.tsx'

type Props = Readonly<{ children: ReactNode }>
type State = Readonly<{ error?: unknown }>

/**
 * One of several parts of a page. If its records are refused to the role, it says so instead of “none”, and the other
 * parts stay; any other failure affects the whole page.
 */
export function PartTheyMaySee({ children }: Props) {
  const { pathname } = useLocation()
  // a refusal about one person says nothing about the next
  return <RefusalBoundary key={pathname}>{children}</RefusalBoundary>
}

class RefusalBoundary extends Component<Props, State> {
  override state: State = {}

  static getDerivedStateFromError(error: unknown): State {
    return { error }
  }

  override render() {
    const { error } = this.state
    if (error === undefined) return this.props.children
    if (!(error instanceof FhirError && error.kind === 'forbidden')) throw error
    return (
      <EmptyState title={<Trans>Not part of your role</Trans>}>
        <p>
          <Trans>Your role does not give you access to these records.</Trans>
        </p>
      </EmptyState>
    )
  }
}
