package org.glassmap.sampler.campaigns;

import java.util.List;
import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;

interface PointRepository extends JpaRepository<Point, Point.Key> {

    List<Point> findByCampaignOrderByNumber(UUID campaign);

    long countByCampaign(UUID campaign);
}
