/** Reports each newer version of the app that is ready; the given function activates it in all tabs. */
export function watchForUpdate(
  registration: ServiceWorkerRegistration,
  onUpdate: (takeOver: () => void) => void,
): void {
  const offer = (waiting: ServiceWorker | null) => {
    if (!waiting || !registration.active) return
    onUpdate(() => waiting.postMessage('gable:take-over'))
  }
  offer(registration.waiting)
  registration.addEventListener('updatefound', () => {
    const next = registration.installing
    next?.addEventListener('statechange', () => {
      if (next.state === 'installed') offer(next)
    })
  })
  // a page uses only the worker it started with: when another takes over, every tab reloads
  let isControlled = navigator.serviceWorker.controller !== null
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    if (isControlled) location.reload()
    isControlled = true
  })
}
