#include "dataset/store_network.h"

#include <map>

#include "exchanges/store.h"
#include "groups/store.h"
#include "mailing/store.h"
#include "network/store.h"
#include "organisations/store.h"

namespace dataset {
namespace {

class NetworkLoader {
  public:
    NetworkLoader(db::Connection& c, const NetworkTables& data, bool sample, const identity::Actor& by, base::Instant now)
        : c_(c), data_(data), sample_(sample), actor_(by), now_(now) {}

    base::Result<void> run() {
        TRY_VOID(known());
        // Parents come first, wherever they stand in the files.
        std::vector<const Organisation*> waiting;
        for (const auto& [o, at] : data_.organisations) waiting.push_back(&o);
        while (!waiting.empty()) {
            std::vector<const Organisation*> later;
            for (const auto* o : waiting) {
                const bool ready = o->part_of.empty() || organisations_.contains(o->part_of);
                if (!ready)
                    later.push_back(o);
                else
                    TRY_VOID(organisation(*o));
            }
            if (later.size() == waiting.size())
                return base::invalid("part_of", base::message("The organisations are part of each other in a circle."));
            waiting = std::move(later);
        }
        for (const auto& [o, at] : data_.organisations) TRY_VOID(later_life(o));
        for (const auto& [p, at] : data_.contacts) {
            auto value = p.value;
            value.organisation = organisations_[p.organisation];
            value.sample = sample_;
            TRY_VOID(organisations::save_contact(c_, value, {actor_, now_}));
        }
        for (const auto& [g, at] : data_.groups) {
            auto value = g;
            value.sample = sample_;
            TRY(groups_[g.key], groups::save(c_, value, by()));
        }
        std::map<std::string, int> positions;
        for (const auto& [s, at] : data_.seats) {
            auto value = s.value;
            value.group = groups_[s.group];
            value.position = ++positions[s.group];
            value.sample = sample_;
            TRY(seats_[s.group + "/" + s.value.key], groups::add_seat(c_, value, by()));
        }
        return happenings();
    }

  private:
    groups::By by() const { return {actor_, now_}; }

    base::Result<void> known() {
        TRY(const auto there, organisations::all(c_));
        for (const auto& o : there) organisations_[o.key] = o.id;
        TRY(const auto all_groups, groups::all(c_));
        std::map<groups::GroupId, std::string> keys;
        for (const auto& g : all_groups) groups_[keys[g.id] = g.key] = g.id;
        TRY(const auto all_seats, groups::seats(c_));
        for (const auto& s : all_seats) seats_[keys[s.group] + "/" + s.key] = s.id;
        return {};
    }

    base::Result<void> organisation(const Organisation& o) {
        auto value = o.value;
        value.sample = sample_;
        if (!o.part_of.empty()) value.part_of = organisations_[o.part_of];
        TRY(organisations_[value.key], organisations::save(c_, value, "", {actor_, now_}));
        return {};
    }
    base::Result<void> later_life(const Organisation& o) {
        for (const auto& r : o.renamed)
            TRY_VOID(organisations::rename(
                c_, organisations_[o.value.key],
                {r.from, r.name, r.short_name, r.part_of.empty() ? organisations::OrganisationId{} : organisations_[r.part_of], r.reason},
                {actor_, now_}));
        if (!o.merged_into.empty())
            TRY_VOID(c_.execute("update organisations set merged_into_id = :into where id = :id",
                                {{"into", organisations_[o.merged_into]}, {"id", organisations_[o.value.key]}}));
        return {};
    }

    base::Result<void> happenings() {
        for (const auto& [t, at] : data_.seat_terms) {
            auto value = t.value;
            value.seat = seats_[t.group + "/" + t.seat];
            if (!t.organisation.empty()) value.organisation = organisations_[t.organisation];
            value.sample = sample_;
            TRY_VOID(groups::fill_seat(c_, value, by()));
        }
        for (const auto& [i, at] : data_.invitations) {
            auto value = i.value;
            value.group = groups_[i.group];
            value.organisation = organisations_[i.organisation];
            value.sample = sample_;
            TRY_VOID(groups::invite(c_, value, by()));
        }
        for (const auto& [s, at] : data_.supports) {
            auto value = s.value;
            value.group = groups_[s.group];
            value.sample = sample_;
            TRY_VOID(groups::give(c_, value, by()));
        }
        for (const auto& [m, at] : data_.meetings) {
            auto value = m.value;
            value.group = groups_[m.group];
            value.sample = sample_;
            for (const auto& key : m.present) value.attendance.push_back({organisations_[key], true});
            TRY(const auto id, groups::save_meeting(c_, value, by()));
            for (const auto& task : m.value.tasks) TRY_VOID(groups::add_task(c_, id, task, by()));
        }
        for (const auto& [e, at] : data_.exchanges) {
            auto value = e.value;
            value.sample = sample_;
            for (const auto& key : e.with) value.partners.push_back(organisations_[key]);
            TRY_VOID(exchanges::save(c_, value, {actor_, now_}));
        }
        for (const auto& [l, at] : data_.mailing_lists) {
            auto value = l;
            value.sample = sample_;
            TRY_VOID(mailing::save(c_, value, {actor_, now_}));
        }
        return offices();
    }

    base::Result<void> offices() {
        const auto office = [&](const std::string& key) -> base::Result<network::BearerId> {
            TRY(const auto found, network::bearer_by_key(c_, key));
            return found ? found->id : network::BearerId{};
        };
        for (const auto& [t, at] : data_.office_tasks) {
            auto value = t.value;
            TRY(value.office, office(t.office));
            value.sample = sample_;
            TRY_VOID(network::add_task(c_, value, actor_, now_));
        }
        for (const auto& [d, at] : data_.deputations) {
            auto value = d.value;
            TRY(value.office, office(d.office));
            value.sample = sample_;
            TRY_VOID(network::add_deputation(c_, value, actor_, now_));
        }
        return {};
    }

    db::Connection& c_;
    const NetworkTables& data_;
    bool sample_;
    identity::Actor actor_;
    base::Instant now_;
    std::map<std::string, organisations::OrganisationId> organisations_;
    std::map<std::string, groups::GroupId> groups_;
    std::map<std::string, groups::SeatId> seats_;
};

}  // namespace

base::Result<void> load_network(db::Connection& c, const NetworkTables& data, bool sample, const identity::Actor& by, base::Instant now) {
    return NetworkLoader(c, data, sample, by, now).run();
}

base::Result<NetworkTables> read_network(db::Connection& c, bool sample) {
    NetworkTables out;
    TRY(const auto all, organisations::all(c));
    std::map<std::int64_t, std::string> keys;
    for (const auto& o : all) keys[o.id.value] = o.key;
    for (const auto& o : all) {
        if (o.sample != sample) continue;
        TRY(const auto every, organisations::names_of(c, o.id));
        Organisation one;
        one.value = o;
        one.value.id = {};
        one.value.part_of = {};
        one.value.merged_into = {};
        one.merged_into = keys[o.merged_into.value];
        for (std::size_t i = 0; i < every.size(); ++i) {
            if (i == 0) {
                one.value.name = every[i].name;
                one.value.short_name = every[i].short_name;
                one.part_of = keys[every[i].part_of.value];
            } else {
                one.renamed.push_back({every[i].from, every[i].name, every[i].short_name, keys[every[i].part_of.value], every[i].reason});
            }
        }
        out.organisations.push_back({std::move(one), {}});
    }
    TRY(const auto contacts, organisations::all_contacts(c));
    for (const auto& p : contacts)
        if (p.sample == sample) out.contacts.push_back({{keys[p.organisation.value], p}, {}});
    TRY(const auto all_groups, groups::all(c));
    std::map<std::int64_t, std::string> group_keys;
    for (const auto& g : all_groups) {
        group_keys[g.id.value] = g.key;
        if (g.sample == sample) out.groups.push_back({g, {}});
    }
    TRY(const auto seats, groups::seats(c));
    std::map<std::int64_t, std::pair<std::string, std::string>> seat_keys;
    for (const auto& s : seats) {
        seat_keys[s.id.value] = {group_keys[s.group.value], s.key};
        if (s.sample == sample) out.seats.push_back({{group_keys[s.group.value], s}, {}});
    }
    TRY(const auto terms, groups::terms(c));
    for (const auto& t : terms)
        if (t.sample == sample)
            out.seat_terms.push_back({{seat_keys[t.seat.value].first, seat_keys[t.seat.value].second, keys[t.organisation.value], t}, {}});
    TRY(const auto invitations, groups::invitations(c));
    for (const auto& i : invitations)
        if (i.sample == sample) out.invitations.push_back({{group_keys[i.group.value], keys[i.organisation.value], i}, {}});
    TRY(const auto supports, groups::resources(c));
    for (const auto& s : supports)
        if (s.sample == sample) out.supports.push_back({{group_keys[s.group.value], s}, {}});
    TRY(const auto meetings, groups::meetings(c));
    for (const auto& m : meetings) {
        if (m.sample != sample) continue;
        Meeting one{group_keys[m.group.value], m, {}};
        for (const auto& a : m.attendance)
            if (a.present) one.present.push_back(keys[a.organisation.value]);
        out.meetings.push_back({std::move(one), {}});
    }
    TRY(const auto exchanges, exchanges::list(c, {.topic = {}, .office = {}, .kind = {}, .year = {}, .limit = 1'000'000}));
    for (const auto& e : exchanges.found) {
        if (e.sample != sample) continue;
        Exchange one{e, {}};
        for (const auto id : e.partners) one.with.push_back(keys[id.value]);
        out.exchanges.push_back({std::move(one), {}});
    }
    TRY(const auto lists, mailing::lists(c));
    for (const auto& l : lists)
        if (l.sample == sample) out.mailing_lists.push_back({l, {}});
    TRY(const auto bearers, network::bearers(c));
    std::map<network::BearerId, std::string> offices;
    for (const auto& b : bearers) offices[b.id] = b.key;
    TRY(const auto tasks, network::tasks_of(c));
    for (const auto& t : tasks)
        if (t.sample == sample) out.office_tasks.push_back({{offices[t.office], t}, {}});
    for (const auto& [id, key] : offices) {
        TRY(const auto deputations, network::deputations_of(c, id));
        for (const auto& d : deputations)
            if (d.sample == sample) out.deputations.push_back({{key, d}, {}});
    }
    return out;
}

}  // namespace dataset
