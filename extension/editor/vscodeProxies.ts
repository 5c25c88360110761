import * as vscode from 'vscode';
import { proxiesOfEnvironment, type SystemProxies, systemProxies } from '../wininet/index.ts';

/**
 * The proxies that VS Code itself uses: those of its settings `http.proxy` and `http.noProxy`, otherwise the environment's. None where
 * `http.proxySupport` is off.
 */
export function vscodeProxies(): SystemProxies | null {
  const settings = vscode.workspace.getConfiguration('http');
  if (settings.get<unknown>('proxySupport') === 'off') return null;
  const proxy = settings.get<unknown>('proxy');
  if (typeof proxy !== 'string' || proxy === '') return proxiesOfEnvironment(process.env);
  const direct = settings.get<unknown>('noProxy');
  const names = Array.isArray(direct) ? direct.filter((one): one is string => typeof one === 'string') : [];
  return systemProxies([['', proxy]], names);
}
