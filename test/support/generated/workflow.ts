// Texts of workflow files of any size, without errors: chains of release, job and condition steps that read each other,
// with parameters, data, storages and scenes. Deterministic by seed. Used by benchmarks and tests.
import { randomFrom } from './graph.ts';

/** About eleven lines a step. */
export function generatedWorkflow(steps: number, seed = 1): string {
  const random = randomFrom(seed);
  const parameters = Math.max(3, Math.round(steps / 20));
  const lines = [
    '# generated',
    'name: generated-workflow',
    'description: a workflow of many steps',
    'storages:',
    '  output: { kind: output, default: /my-bucket/out/ }',
    'parameters:',
    '  flavor: { type: json, format: train_flavor, description: training resources }',
    '  limit: { type: float, default: 0.5 }',
  ];
  for (let index = 0; index < parameters; index++) {
    lines.push(`  p${index}:`, '    type: int', `    default: ${index}`, `    description: parameter number ${index}`);
  }
  lines.push('data:', '  pictures:', '    type: dataset', '    data_type: IMAGE', 'steps:');
  lines.push('  release:', '    type: release_dataset', '    inputs:', '      input_data: ${{ data.pictures }}');
  lines.push('    outputs:', '      labeled: { train_evaluate_sample_ratio: 0.8 }');
  const jobs: string[] = [];
  for (let index = 0; index < steps - 1; index++) {
    if (index % 10 === 9 && jobs.length > 1) {
      const read = jobs.at(-1)!;
      lines.push(`  check_${index}:`, '    type: condition', '    conditions:');
      lines.push(`      - steps.${read}.outputs.metrics.accuracy > parameters.limit`, `    if_then_steps: [job_${index + 1}]`);
      continue;
    }
    const name = `job_${index}`;
    const from =
      jobs.length > 0 && random() < 0.8
        ? jobs[Math.floor(random() * Math.min(30, jobs.length)) + Math.max(0, jobs.length - 30)]
        : undefined;
    lines.push(`  ${name}:`, '    type: job', `    title: Job number ${index}`, '    algorithm:', '      code_dir: ./src/train');
    lines.push('      boot_file: main.py', '      engine: { engine_name: PyTorch, engine_version: pytorch_1.8.0 }');
    lines.push('      parameters:', `        batch_size: \${{ parameters.p${index % parameters} }}`, '    inputs:');
    lines.push(`      data_url: \${{ steps.release.outputs.labeled }}`);
    if (from) lines.push(`      weights: \${{ steps.${from}.outputs.train_url }}`);
    lines.push('    outputs:', `      train_url: { obs_path: "\${{ storages.output }}/${name}/" }`);
    lines.push(`      metrics: { metric_files: ["\${{ storages.output }}/${name}/metrics.json"] }`);
    lines.push('    spec: { resource: { flavor: "${{ parameters.flavor }}" } }');
    jobs.push(name);
  }
  return `${lines.join('\n')}\n`;
}
