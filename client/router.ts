import { createRouter, createWebHistory } from 'vue-router';

/** One page a stage of the work, each loaded when it is first opened. */
export const router = createRouter({
  history: createWebHistory(),
  routes: [
    { path: '/', name: 'county', component: () => import('./features/county/CountyPage.vue') },
    {
      path: '/community/:code',
      name: 'workbench',
      component: () => import('./features/workbench/WorkbenchPage.vue'),
      props: (route) => ({
        code: String(route.params.code),
        planId: route.query.plan ? String(route.query.plan) : null,
      }),
    },
    { path: '/import', name: 'import', component: () => import('./features/import/ImportPage.vue') },
    { path: '/merge', name: 'merge', component: () => import('./features/merge/MergePage.vue') },
    { path: '/staffing', name: 'staffing', component: () => import('./features/staffing/StaffingPage.vue') },
    { path: '/:path(.*)*', name: 'notFound', component: () => import('./features/NotFoundPage.vue') },
  ],
});
