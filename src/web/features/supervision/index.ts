/** Supervised trips: the desk of alarms, all trips, and one trip with its seal. */
import { countOf, type Feature, type NavigationEntry } from '../../app/feature.ts'

const alarms: Omit<NavigationEntry, 'needs' | 'order'> = {
  to: '/supervision/alarms',
  label: 'alarms',
  icon: 'bell',
  count: countOf<{ total: number }>('/api/supervision/alarms?status=open&size=1', 'alarm', (answer) => answer.total),
}

export const supervision: Feature = {
  routes: [
    { path: '/supervision/alarms', needs: 'supervision:trip:read', load: () => import('./AlarmsPage.tsx') },
    { path: '/supervision/trips', needs: 'supervision:trip:read', load: () => import('./TripsPage.tsx') },
    { path: '/supervision/trips/:id', needs: 'supervision:trip:read', load: () => import('./TripPage.tsx') },
    { path: '/supervision/incidents', needs: 'supervision:trip:read', load: () => import('./IncidentsPage.tsx') },
    { path: '/supervision/incidents/:id', needs: 'supervision:trip:read', load: () => import('./IncidentPage.tsx') },
  ],
  // The control room begins with its alarms, an escort with the trips.
  navigation: [
    { ...alarms, needs: 'supervision:alarm:acknowledge', order: 10 },
    { to: '/supervision/trips', label: 'trips', icon: 'truck', needs: 'supervision:trip:read', order: 11 },
    { ...alarms, needs: 'supervision:trip:read', order: 12 },
    {
      to: '/supervision/incidents',
      label: 'incidents',
      icon: 'alert',
      needs: 'supervision:trip:read',
      order: 13,
      count: countOf<{ total: number }>('/api/supervision/incidents?status=open&size=1', 'incident', (answer) => answer.total),
    },
  ],
}
