package org.glassmap.sampler.campaigns;

import java.util.List;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.JpaRepository;

interface CandidateRepository extends JpaRepository<Candidate, Candidate.Key> {

    List<Candidate> findByCampaignAndStepOrderByNumber(UUID campaign, String step);

    List<Candidate> findByCampaignAndNumberGreaterThanOrderByNumber(UUID campaign, long number, Limit limit);

    List<Candidate> findByCampaignAndDroppedNotNullAndNumberGreaterThanOrderByNumber(
            UUID campaign, long number, Limit limit);

    List<Candidate> findByCampaignAndLabelNotNullOrderByNumber(UUID campaign);

    int countByCampaignAndStepStartingWith(UUID campaign, String walk);

    int countByCampaignAndStepStartingWithAndDroppedNotNull(UUID campaign, String walk);
}
