#include "app/jobs.h"

#include "app/confirmation_wiring.h"
#include "app/recipients.h"
#include "measures/digest.h"
#include "measures/round_mail.h"
#include "platform/db/statistics.h"
#include "platform/i18n/translate.h"
#include "platform/privacy/api.h"

namespace app {

using i18n::marked;

void add_jobs(jobs::Runner& runner, db::Database& database, const base::Clock& clock, identity::Accounts& accounts, mail::SenderOptions sending) {
    sending.stopping = [&runner] { return runner.stopping(); };
    const auto sender = std::make_shared<mail::Sender>(database, clock, std::move(sending));
    runner.every(std::chrono::seconds(10), std::string(marked("mail")), [sender] { return sender->run(); });
    runner.every(std::chrono::minutes(15), std::string(marked("status rounds")), [&database, &clock] {
        return database.write([&](db::Connection& c) -> base::Result<void> {
            TRY(const auto world, measures::read_world(c, clock.today()));
            TRY_VOID(measures::remind_and_escalate(c, world, clock.now()));
            return {};
        });
    });
    runner.every(std::chrono::minutes(30), std::string(marked("reminders of duties")), [&database, &clock] {
        return database.write([&](db::Connection& c) -> base::Result<void> {
            TRY(const auto to, recipients(c));
            TRY_VOID(duties::remind(c, to, clock.today(), clock.now()));
            return {};
        });
    });
    runner.every(std::chrono::seconds(5), std::string(marked("password resets")), [&accounts] { return accounts.answer_resets(); });
    runner.every(std::chrono::hours(1), std::string(marked("digests")), [&database, &clock] {
        return database.write([&](db::Connection& c) -> base::Result<void> {
            TRY_VOID(measures::send_digests(c, clock.today(), clock.now()));
            return {};
        });
    });
    runner.every(std::chrono::hours(1), std::string(marked("confirmations")),
                 [&database, &clock] { return remind_of_confirmations(database, clock); });
    // The first run comes at the start, when a migration may have brought a new index.
    runner.every(std::chrono::hours(24), std::string(marked("statistics of the database")),
                 [&database] { return database.write(db::refresh_statistics); });
    runner.every(std::chrono::hours(6), std::string(marked("retention")), [&database, &clock] {
        return database.write([&](db::Connection& c) -> base::Result<void> {
            TRY_VOID(identity::sweep_sessions(c, clock.now()));
            TRY_VOID(privacy::apply_retention(c, privacy::Run::real, clock.now()));
            return {};
        });
    });
}

}  // namespace app
