import { defineSlice } from '../../platform/slice.ts'
import { allowedSites } from './access.ts'
import { widgetReactions } from './reactions.ts'
import { createMessengerConfigs, readDemoWidget } from './reads.ts'
import { widgetRoutes } from './routes.ts'

/** The colour of the sample shop's buttons, `--pine` in its style sheet. */
const shopColor = '#1f5a4c'

export const widgetsSlice = defineSlice()({
  name: 'widgets',
  rights: ['widgets.manage'],
  tells: ['widgets'],
  settings: ['messengerUrl', 'publicUrl'],
  reactions: widgetReactions,
  open(ports) {
    const { changes, config } = ports
    const configs = createMessengerConfigs(ports)
    changes.on('widgets', ({ organizationId }) => configs.forget(organizationId))
    // Groups, too, are told of as operators, whose names widgets show.
    changes.on('operators', ({ organizationId }) => configs.forget(organizationId))
    for (const what of ['operators', 'presence', 'slots'] as const)
      changes.on(what, ({ organizationId }) => configs.forgetAvailable(organizationId))
    changes.onMissed(() => configs.forget(''))
    return {
      routes: widgetRoutes({ ...ports, configs }),
      pages: {
        frameAncestors: (widgetKey) => allowedSites(ports, widgetKey),
        async demo({ ownOrigin }) {
          const { key, color } = await readDemoWidget(ports)
          const origin = config.messengerUrl ?? config.publicUrl ?? ownOrigin
          return { widgetKey: key ?? '', color: color ?? shopColor, origin }
        },
      },
    }
  },
})
