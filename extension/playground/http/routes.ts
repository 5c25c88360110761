import { authenticationRoutes } from './authentication.ts';
import { bodyRoutes } from './bodies.ts';
import { cachingRoutes } from './caching.ts';
import { connectionRoutes } from './connections.ts';
import { contentTypeRoutes } from './contentTypes.ts';
import { cookieRoutes } from './cookies.ts';
import { downloadRoutes } from './downloads.ts';
import { echoRoutes } from './echo.ts';
import { encodingRoutes } from './encodings.ts';
import { faultRoutes } from './faults.ts';
import { headerRoutes } from './headers.ts';
import { indexRoute } from './indexPage.ts';
import { redirectRoutes } from './redirects.ts';
import type { Route } from './route.ts';
import { slowRoutes } from './slow.ts';
import { statusRoutes } from './status.ts';

/** Everything the HTTP and HTTPS servers answer, in the order in which the lists show it. */
export const routes: readonly Route[] = [
  indexRoute,
  ...statusRoutes,
  ...redirectRoutes,
  ...bodyRoutes,
  ...encodingRoutes,
  ...contentTypeRoutes,
  ...downloadRoutes,
  ...headerRoutes,
  ...cachingRoutes,
  ...cookieRoutes,
  ...authenticationRoutes,
  ...echoRoutes,
  ...connectionRoutes,
  ...slowRoutes,
  ...faultRoutes,
];
