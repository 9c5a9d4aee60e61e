# The team server: built app, FHIR, sign-in and events on one port. The database runs in another container or on another machine.
FROM node:24-bookworm-slim AS app
WORKDIR /gable
COPY package.json package-lock.json ./
# not `npm ci`: it refuses a lock file without the optional binaries of every platform
RUN npm install --no-save --no-audit --no-fund
COPY . .
RUN VITE_API=remote npx vite build --mode team --outDir dist-team --logLevel warn

FROM node:24-bookworm-slim AS packages
WORKDIR /gable
COPY package.json package-lock.json ./
RUN npm install --no-save --no-audit --no-fund --omit=dev --omit=optional --ignore-scripts

FROM node:24-bookworm-slim
ENV NODE_ENV=production GABLE_HOST=0.0.0.0 PORT=8080
WORKDIR /gable
COPY --from=packages /gable/node_modules ./node_modules
COPY --from=app /gable/dist-team ./dist-team
COPY package.json LICENSE ./
COPY src ./src
USER node
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:8080/health').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "src/server/hosts/node/server.ts"]
