#include "measures/exporter.h"

#include <fmt/format.h>
#include <sodium.h>
#include <unistd.h>

#include "measures/list_filter.h"
#include "platform/http/forms.h"

namespace measures {
namespace {

constexpr std::chrono::seconds between_looks{5};
constexpr std::chrono::milliseconds between_signs_of_life{500};
constexpr std::size_t piece_size = 1u << 20;

// Leases are between processes, whatever day each of them demonstrates.
base::Instant real_now() { return base::Clock().now(); }

}  // namespace

Exporter::Exporter(db::Database& database)
    : database_(database),
      holder_(fmt::format("{}:{:08x}", ::getpid(), randombytes_random())),
      thread_([this](const std::stop_token& stop) { run(stop); }) {}

Exporter::~Exporter() {
    thread_.request_stop();
    wake_.notify_all();
}

void Exporter::wake() {
    {
        const std::lock_guard lock(mutex_);
        ordered_ = true;
    }
    wake_.notify_one();
}

void Exporter::run(const std::stop_token& stop) {
    for (;;) {
        {
            std::unique_lock lock(mutex_);
            wake_.wait_for(lock, stop, between_looks, [this] { return ordered_; });
            ordered_ = false;
        }
        while (!stop.stop_requested()) {
            const auto any = database_.read([](db::Connection& c) { return any_export_to_do(c, real_now()); });
            if (!any || !*any) break;
            const auto task = database_.write([this](db::Connection& c) { return claim_export(c, holder_, real_now()); });
            if (!task || !*task) break;
            const auto& [id, order] = **task;
            const auto written = write(**task, stop);
            (void)database_.write([&](db::Connection& c) {
                if (!written && stop.stop_requested()) return give_export_back(c, id, holder_);
                return finish_export(c, id, holder_, written ? ExportState::done : ExportState::failed);
            });
        }
        if (stop.stop_requested()) return;
        if (const auto old = database_.read([](db::Connection& c) { return any_old_export(c, real_now()); }); old && *old)
            (void)database_.write([](db::Connection& c) { return drop_old_exports(c, real_now()); });
    }
}

base::Result<void> Exporter::write(const ExportTask& task, const std::stop_token& stop) const {
    std::string piece;
    std::int64_t done = 0;
    auto last_sign = std::chrono::steady_clock::now();
    const auto sign_of_life = [&]() -> base::Result<void> {
        last_sign = std::chrono::steady_clock::now();
        return database_.write([&](db::Connection& c) { return continue_export(c, task.id, holder_, done, piece, real_now()); });
    };
    const auto flush = [&]() -> base::Result<void> {
        TRY_VOID(sign_of_life());
        piece.clear();
        return {};
    };
    const auto sink = [&](std::string_view bytes) -> base::Result<void> {
        piece += bytes;
        return piece.size() < piece_size ? base::Result<void>{} : flush();
    };
    const auto progress = [&](std::size_t rows) -> base::Result<void> {
        done = static_cast<std::int64_t>(rows);
        if (stop.stop_requested()) return base::error(base::ErrorKind::unavailable, "the server stops");
        return std::chrono::steady_clock::now() - last_sign < between_signs_of_life ? base::Result<void>{} : flush();
    };
    TRY(const auto query, http::parse_urlencoded(task.order.query, 100));
    TRY_VOID(database_.read([&](db::Connection& c) -> base::Result<void> {
        auto filter = filter_of(query, task.order.audience, task.order.on);
        TRY_VOID(complete(c, filter));
        TRY(const auto writer, sheets::writer(task.order.format, sink, "Maßnahmen", export_columns(task.order.audience)));
        return export_list(c, filter, task.order.audience, *writer, progress);
    }));
    return flush();
}

}  // namespace measures
