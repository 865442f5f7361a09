package org.glassmap.sampler.campaigns;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.JpaRepository;

interface CampaignRepository extends JpaRepository<Campaign, UUID> {

    Optional<Campaign> findByIdAndProject(UUID id, String project);

    Optional<Campaign> findByProjectAndIdempotencyKey(String project, String key);

    /** Newest first, those made before {@code id}. */
    List<Campaign> findByProjectAndIdLessThanOrderByIdDesc(String project, UUID id, Limit limit);

    List<Campaign> findByProjectOrderByIdDesc(String project, Limit limit);
}
