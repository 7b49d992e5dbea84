# Web, workers, scheduler and migrations: one image, told apart by its command. The trainer is not in it.

FROM node:24-slim AS pages
WORKDIR /build/frontend
COPY frontend/package.json frontend/package-lock.json frontend/.npmrc ./
RUN npm ci --ignore-scripts
COPY frontend/ ./
RUN npm run build

FROM python:3.13-slim AS packages
COPY requirements/platform.txt /build/platform.txt
RUN python -m venv /opt/loupe/venv \
 && /opt/loupe/venv/bin/pip install --no-cache-dir uv \
 && /opt/loupe/venv/bin/uv pip sync --no-cache --compile-bytecode --python /opt/loupe/venv/bin/python /build/platform.txt

FROM python:3.13-slim
ENV PATH=/opt/loupe/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 FRONTEND_DIST=/opt/loupe/pages
RUN useradd --uid 10001 --user-group --no-create-home --shell /usr/sbin/nologin loupe \
 && install -d -o loupe -g loupe /var/lib/loupe/runs
COPY --from=packages /opt/loupe/venv /opt/loupe/venv
COPY --from=pages /build/frontend/dist /opt/loupe/pages
WORKDIR /opt/loupe/platform
COPY manage.py ./
COPY config config
COPY accounts accounts
COPY catalog catalog
COPY annotation annotation
COPY cot_generation cot_generation
COPY curation curation
COPY training_bridge training_bridge
RUN python -m compileall -q .
USER loupe
EXPOSE 8000
