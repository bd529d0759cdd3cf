import * as macros from '@foyer/contract/macros.ts'
import { type BoundRoute, bind } from '../../platform/http/bind.ts'
import * as actions from './actions.ts'
import { importFile } from './import.ts'
import * as reads from './reads.ts'

export function macroRoutes(context: actions.MacroContext): BoundRoute[] {
  return [
    bind(macros.listMacros, ({ caller, query }) => reads.listMacros(context, caller, query)),
    bind(macros.listUsableMacros, ({ caller }) => reads.listUsableMacros(context, caller)),
    bind(macros.saveMacro, ({ caller, body }) => actions.saveMacro(context, caller, body)),
    bind(macros.removeMacro, async ({ caller, params }) => {
      await actions.removeMacro(context, caller, params.macroId)
      return {}
    }),
    bind(macros.exportMacros, ({ caller, query }) => reads.exportFile(context, caller, query)),
    bind(macros.importMacros, ({ caller, body, query }) => importFile(context, caller, body, query)),
  ]
}
