#include "platform/idempotency/store.h"

#include <thread>

#include "tests/platform/db/support/engines.h"

using http::Response;
using State = http::IdempotencyStore::State;

namespace {

class Idempotency : public db::testing::OnBothEngines {
  public:
    base::Clock clock;
};
MITEINANDER_ON_BOTH_ENGINES(Idempotency);

}  // namespace

TEST_P(Idempotency, KeepsTheFirstAnswerAcrossProcesses) {
    idempotency::DatabaseStore first(database(), clock), second(database(), clock);
    EXPECT_EQ(first.claim("key", "content")->state, State::mine);
    EXPECT_EQ(second.claim("key", "content")->state, State::running);
    EXPECT_EQ(second.claim("key", "other")->state, State::differs);
    Response answer = Response::see_other("/nachweise/17");
    answer.headers.set("hx-trigger", "saved: yes");
    answer.body = std::string("a\0b\xff", 4);
    ASSERT_TRUE(first.finish("key", answer));
    const auto claim = second.claim("key", "content");
    ASSERT_TRUE(claim);
    EXPECT_EQ(claim->state, State::answered);
    EXPECT_EQ(claim->answer.status, 303);
    EXPECT_EQ(claim->answer.headers.items(), answer.headers.items());
    EXPECT_EQ(claim->answer.body, answer.body);
}

TEST_P(Idempotency, AnAbandonedKeyIsFreeAndAnAnsweredOneIsNot) {
    idempotency::DatabaseStore store(database(), clock);
    EXPECT_EQ(store.claim("key", "content")->state, State::mine);
    ASSERT_TRUE(store.abandon("key"));
    EXPECT_EQ(store.claim("key", "corrected")->state, State::mine);
    ASSERT_TRUE(store.finish("key", Response::empty(204)));
    ASSERT_TRUE(store.abandon("key"));
    EXPECT_EQ(store.claim("key", "corrected")->state, State::answered);
}

TEST_P(Idempotency, ForgetsWhatIsOld) {
    idempotency::DatabaseStore store(database(), clock);
    EXPECT_EQ(store.claim("key", "content")->state, State::mine);
    EXPECT_EQ(store.forget(clock.now() - std::chrono::hours(1)).value(), 0);
    EXPECT_EQ(store.forget(clock.now() + std::chrono::hours(1)).value(), 1);
    EXPECT_EQ(store.claim("key", "content")->state, State::mine);
}

TEST_P(Idempotency, OnlyOneOfManyMayDoTheWork) {
    const auto store = std::make_shared<idempotency::DatabaseStore>(database(), clock);
    std::atomic<int> done{0};
    http::IdempotencyOptions options;
    options.patience = std::chrono::seconds(60);
    options.waiting = 10;
    const auto handler = http::with_idempotency([&](const http::Request&) { return Response::text(std::to_string(++done)); }, store, options);
    http::Request request;
    request.method = http::Method::post;
    request.path = "/nachweise";
    request.form.add("_idempotency", "key-0001");
    std::vector<std::thread> threads;
    std::atomic<int> ones{0};
    for (int i = 0; i < 6; ++i) threads.emplace_back([&] { ones += handler(request).body == "1"; });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(done, 1);
    EXPECT_EQ(ones, 6);
}
