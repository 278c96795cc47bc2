import { defineConfig } from 'vitest/config'

// Unit tests need nothing but Node. Integration tests start the embedded engines; two files at a time, as most of what they
// wait for is not the processor (a server that starts, a minute that has to pass). Browser tests also start Chromium, one file
// at a time: what they wait for is the processor.
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['packages/*/src/**/*.test.{ts,tsx}'],
          exclude: ['**/*.integration.test.ts'],
        },
      },
      {
        test: {
          name: 'integration',
          include: ['packages/*/src/**/*.integration.test.ts', 'packages/server/test/**/*.test.ts'],
          maxWorkers: 2,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'browser',
          include: ['test/browser/*.test.ts'],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'boards',
          include: ['test/browser/boards/*.test.ts'],
          // One server for all of them.
          globalSetup: ['test/browser/boards/support/boards-server.ts'],
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          expect: { poll: { timeout: 15_000 } },
        },
      },
    ],
  },
})
