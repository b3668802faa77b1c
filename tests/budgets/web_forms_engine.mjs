// The published web-forms engine under node, in jsdom's idea of a browser: for the bench's own script.
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { JSDOM } from 'jsdom';

const { window } = new JSDOM('<!doctype html><html><body></body></html>', { url: 'http://localhost/' });
globalThis.window = window;
for (const name of Object.getOwnPropertyNames(window)) {
	if (name in globalThis) continue;
	try {
		globalThis[name] = window[name];
	} catch {
		// some of jsdom's getters refuse where there is no page; the engine does not ask for them
	}
}
globalThis.require = createRequire(import.meta.url);
globalThis.__dirname = fileURLToPath(new URL('.', import.meta.resolve('@getodk/xforms-engine')));
export const engine = await import('@getodk/xforms-engine');

export const dumpState = (root) => {
	const all = {};
	const walk = (node) => {
		all[`${node.currentState.reference} ${node.nodeType}`] = 1;
		node.currentState.children?.forEach(walk);
	};
	walk(root);
	return all;
};
