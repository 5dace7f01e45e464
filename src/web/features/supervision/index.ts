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
    { path: '/supervision/map', needs: 'supervision:trip:read', load: () => import('./control/MapPage.tsx') },
    { path: '/supervision/wall', needs: 'supervision:trip:read', load: () => import('./control/WallPage.tsx'), bare: true },
    { path: '/supervision/own', needs: 'supervision:trip:read-own', load: () => import('./field/CarrierPage.tsx') },
    { path: '/supervision/field', needs: 'supervision:seal:work', load: () => import('./field/FieldPage.tsx') },
    { path: '/supervision/seals', needs: 'supervision:device:read', load: () => import('./seals/SealsPage.tsx') },
    { path: '/supervision/models', needs: 'supervision:device:read', load: () => import('./seals/ModelsPage.tsx') },
    { path: '/supervision/models/:protocol/:vendor/:model', needs: 'supervision:device:read', load: () => import('./seals/ModelPage.tsx') },
    { path: '/supervision/alarms', needs: 'supervision:trip:read', load: () => import('./AlarmsPage.tsx') },
    { path: '/supervision/trips', needs: 'supervision:trip:read', load: () => import('./TripsPage.tsx') },
    { path: '/supervision/transits', needs: 'supervision:trip:plan', load: () => import('./TransitsPage.tsx') },
    { path: '/supervision/arrivals', needs: 'supervision:trip:read', load: () => import('./ArrivalsPage.tsx') },
    { path: '/supervision/trips/new', needs: 'supervision:trip:plan', load: () => import('./planning/PlanPage.tsx') },
    { path: '/supervision/corridors', needs: 'supervision:corridor:manage', load: () => import('./planning/CorridorsPage.tsx') },
    { path: '/supervision/trips/:id', needs: 'supervision:trip:read', load: () => import('./TripPage.tsx') },
    { path: '/supervision/trips/:id/report', needs: 'supervision:trip:read', load: () => import('./report/ReportPage.tsx') },
    { path: '/supervision/units', needs: 'supervision:trip:read', load: () => import('./units/UnitsPage.tsx') },
    { path: '/supervision/units/:id', needs: 'supervision:trip:read', load: () => import('./units/UnitPage.tsx') },
    { path: '/supervision/incidents', needs: 'supervision:trip:read', load: () => import('./IncidentsPage.tsx') },
    { path: '/supervision/incidents/:id', needs: 'supervision:trip:read', load: () => import('./IncidentPage.tsx') },
  ],
  // The control room begins with its map, an escort with the trips.
  navigation: [
    { to: '/supervision/own', label: 'ownTrips', icon: 'truck', needs: 'supervision:trip:read-own', order: 8 },
    { to: '/supervision/field', label: 'field', icon: 'lock', needs: 'supervision:seal:work', order: 13 },
    { to: '/supervision/map', label: 'map', icon: 'map', needs: 'supervision:alarm:acknowledge', order: 9 },
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
    { to: '/supervision/units', label: 'units', icon: 'shield', needs: 'supervision:incident:work', order: 14 },
    { to: '/supervision/map', label: 'map', icon: 'map', needs: 'supervision:trip:read', order: 13 },
    { to: '/supervision/corridors', label: 'corridors', icon: 'split', needs: 'supervision:corridor:manage', order: 15 },
    { to: '/supervision/seals', label: 'seals', icon: 'seal', needs: 'supervision:device:read', order: 14 },
  ],
}
