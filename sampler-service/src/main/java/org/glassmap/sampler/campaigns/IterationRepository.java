package org.glassmap.sampler.campaigns;

import java.util.List;
import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;

interface IterationRepository extends JpaRepository<Iteration, Iteration.Key> {

    List<Iteration> findByCampaignOrderByNumber(UUID campaign);
}
