import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { AppEnv, Dependencies } from './environment.ts';
import { applyPolicies } from './middleware/apply-policies.ts';
import { answerNotFound, answerProblem, problemOf } from './problems.ts';
import { createAdminRoutes } from './routes/admin.ts';
import { createCatalogueRoutes } from './routes/catalogue.ts';
import { createDashboardRoutes } from './routes/dashboard.ts';
import { createFontRoutes } from './routes/font.ts';
import { createHealthRoutes } from './routes/health.ts';
import { createScriptRoutes } from './routes/scripts.ts';
import { createStatsRoutes } from './routes/stats.ts';
import { createStylesheetRoutes } from './routes/stylesheet.ts';
import { createUsageRoutes } from './routes/usage.ts';

/** Creates the service: stylesheets, fonts, catalogue, usage, uploads, scripts. */
export function createApp(dependencies: Dependencies): Hono<AppEnv> {
  const app = new Hono<AppEnv>({ strict: true });
  app.use(applyPolicies());
  app.route('/', createStylesheetRoutes(dependencies));
  app.route('/', createFontRoutes(dependencies));
  app.route('/', createCatalogueRoutes(dependencies));
  app.route('/', createUsageRoutes(dependencies));
  app.route('/', createAdminRoutes(dependencies));
  app.route('/', createStatsRoutes(dependencies));
  app.route('/', createDashboardRoutes(dependencies));
  app.route('/', createHealthRoutes(dependencies));
  app.route('/', createScriptRoutes(dependencies));
  app.notFound((c) => answerNotFound(c, `Nothing is served at ${c.req.path}.`));
  app.onError((error, c) => {
    if (error instanceof HTTPException)
      return answerProblem(c, { status: error.status, title: 'refused', detail: error.message });
    const problem = problemOf(error);
    if (problem.status === 500) dependencies.reportFailure(error);
    return answerProblem(c, problem);
  });
  return app;
}
