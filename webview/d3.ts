/** The only importer of d3: what is used here is all that the bundle carries. */
export {
  easeCubicInOut,
  easeCubicOut,
  type HierarchyNode,
  hierarchy,
  type Selection,
  scaleLinear,
  select,
  type ZoomBehavior,
  type ZoomTransform,
  zoom,
  zoomIdentity,
  zoomTransform,
} from 'd3';
