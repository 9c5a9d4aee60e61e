import { createServer } from 'node:http'
import { resolve } from 'node:path'
import { stopOnSignal } from '#server/hosts/node/stop-on-signal.ts'
import { staticFiles } from './static-files.ts'

/** `npm start`: the built app with its embedded API, on this machine only. */
const port = Number(process.env['PORT'] ?? 5173)
const serve = await staticFiles(resolve('dist'))
const server = createServer((request, response) => {
  serve(request, response).catch(() => response.destroy())
})
server.listen(port, 'localhost', () => {
  console.log(`Gable is open at http://localhost:${port}`)
})
stopOnSignal(async () => {
  server.closeAllConnections()
  server.close()
})
